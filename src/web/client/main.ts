import { followLive } from "./live.ts";
import { walkLists } from "./keyboard.ts";
import { guardForms } from "./forms.ts";
import { unfoldWhenOpened } from "./put.ts";

followLive();
unfoldWhenOpened();
walkLists();
guardForms();
