"""An analyst's own language model as a reader of positions: asked by the line, believed only on evidence.

`config` says which server, `questions` what is asked, `prompt` how, `client` asks, `cache` remembers,
`answer` refuses what the text does not bear out, `rows` makes rows of the rest, `reading` does it all.
Nothing here runs, and nothing leaves the machine, unless `PARLEY_READER` is set.
"""
