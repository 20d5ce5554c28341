-- Return the present instant in ms, as every script sees it.
return now_ms()
