"""What people press, choose and send: buttons in messages and views, and forms."""

from dataclasses import dataclass, field

from tests.fakes.slack import layout, payloads, screen
from tests.fakes.slack.deliveries import Answer, Deliveries
from tests.fakes.slack.refusals import Json, Refusal
from tests.fakes.slack.screen import NotPossible
from tests.fakes.slack.things import Message, Person, View
from tests.fakes.slack.web.forms import checked_view, push_view
from tests.fakes.slack.workspace import Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """What became of a form that was sent: closed, cleared (with all below it), errors, updated, pushed or failed.

    Failed is what the person sees as "We had some trouble connecting": the form stays open.
    """

    outcome: str
    errors: dict[str, str] = field(default_factory=dict)
    view: View | None = None
    """The form that is before the person now."""
    seconds: float = 0.0


class Hands:
    """Each waits for the acknowledgement, as the person does."""

    workspace: Workspace
    deliveries: Deliveries

    async def click(
        self, person: Person, where: Message | View, text: str, *, nth: int = 0, values: Json | None = None
    ) -> Answer:
        """Presses the button (or the line of an overflow menu) with this text, which must be before the person.

        In a form, `values` are typed first.
        """
        self._before(person, where)
        if values and isinstance(where, View):
            screen.fill_in(where, values)
        return await self._act(person, where, screen.press(where.blocks, text, nth))

    async def choose(self, person: Person, where: Message | View, choices: Json) -> Answer:
        """Chooses in the one menu (of a section or of actions) that is named: of a view by label or block id."""
        self._before(person, where)
        [(name, choice)] = choices.items()
        for block, element in screen.elements(where.blocks):
            if name in {block["block_id"], screen.label(block), element.get("placeholder", {}).get("text")}:
                named = {"block_id": block["block_id"], "action_id": element["action_id"]}
                return await self._act(person, where, named | screen.chosen(element, choice))
        raise NotPossible(f"there is no menu {name!r}")

    async def submit(self, person: Person, view: View, values: Json | None = None) -> Submission:
        """Fills in the fields that are named, by label or block id, leaves the others as they stand, and sends the form."""
        self._before(person, view)
        screen.fill_in(view, values or {})
        screen.check_complete(view)
        payload = payloads.submission(self.workspace, person, view, screen.filled(view))
        answer = await self.deliveries.ask("interactive", payload)
        return self._done(person, view, answer)

    async def close(self, person: Person, view: View) -> None:
        """Closes the form on top without sending it; the bot hears of it if it asked to."""
        self._before(person, view)
        self.workspace.modals[person.id].remove(view)
        if view.content.get("notify_on_close"):
            payload = payloads.closing(self.workspace, person, view, all_of_them=False)
            await self.deliveries.ask("interactive", payload)

    async def _act(self, person: Person, where: Message | View, action: Json) -> Answer:
        slack, action = self.workspace, {**action, "action_ts": self.workspace.new_ts()}
        if isinstance(where, View):
            payload = payloads.click_in_view(slack, person, where, action, screen.filled(where))
        else:
            payload = payloads.click_on_message(slack, person, where, action, {})
        return await self.deliveries.ask("interactive", payload)

    def _before(self, person: Person, where: Message | View) -> None:
        """This person has it on the screen."""
        slack = self.workspace
        if isinstance(where, View):
            stack = slack.modals.get(person.id, [])
            visible = slack.homes.get(person.id) is where or (bool(stack) and stack[-1] is where)
        elif where.only_for:
            visible = where.only_for == person.id and where in slack.private
        else:
            channel = slack.channels[where.channel]
            visible = person.id in channel.members and where in channel.messages
        if not visible or person.deleted:
            raise NotPossible(f"{person.name} does not see it")

    def _done(self, person: Person, view: View, answer: Answer) -> Submission:
        stack, said = self.workspace.modals.get(person.id, []), answer.payload or {}
        try:
            outcome = self._outcome(view, stack, said) if answer.ok else "failed"
        except Refusal as refusal:
            what = f"view_submission: {said.get('response_action')}: {refusal.error}"
            self.workspace.invalid.append(": ".join([what, *refusal.messages]))
            outcome = "failed"
        top = stack[-1] if stack else None
        return Submission(outcome=outcome, errors=dict(view.errors), view=top, seconds=answer.seconds)

    def _outcome(self, view: View, stack: list[View], said: Json) -> str:
        view.errors = {}
        action = said.get("response_action")
        if action == "errors":
            view.errors = _errors(view, said.get("errors"))
            return "errors"
        if action == "update":
            self.workspace.change_view(view, checked_view(said.get("view"), layout.MODAL))
            return "updated"
        if action == "push":
            push_view(self.workspace, view, checked_view(said.get("view"), layout.MODAL))
            return "pushed"
        if action == "clear":
            stack.clear()
            return "cleared"
        if action is not None:
            raise Refusal("invalid_arguments", messages=[f"unknown response_action {action}"])
        if view in stack:
            stack.remove(view)
        return "closed"


def _errors(view: View, said: object) -> dict[str, str]:
    """Errors stand under fields: each must be of an input block of the form."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(said, dict) or not said or not said.keys() <= inputs:
        raise Refusal("invalid_arguments", messages=["errors must name input blocks"])
    return {str(block): str(sentence) for block, sentence in said.items()}
