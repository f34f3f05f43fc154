/** What may not work anywhere: markup, scripts, formulas, escapes of terminals, marks of direction, controls, half characters, links, mentions. */
export const hostile = [
  ` =cmd|'/c calc'!A1`,
  `<script>document.title="taken"</script>`,
  `"><img src=x onerror="document.title='taken'">`,
  `</textarea></script></style><svg onload="document.title='taken'">`,
  "\u001B[31mred\u001B]0;taken\u0007\u0000\uFFFE\uD800",
  "\u202Egpj.exe\u2066",
  "]]> &amp; | `code` **bold** [link](javascript:alert(1)) @somebody #1 <!--",
  "\n\n# heading\n| a | b |\n",
  "שלום 👩\u200D🔬",
].join(" ");
