"""What is said of a grader out of the house."""


def announced(name: str) -> str:
    """Tell what leaves the house, and to where: the sentence that stands under a question, once."""
    return (
        "New from this question on: at the reveal the text of each reply is sent, with the question and its key points but "
        f"without anybody's name, to {name}, which suggests what it covers."
    )
