"""The cases are judged by the tests beside them; most are broken on purpose."""

collect_ignore_glob = ["*/bad*", "*/good*"]
