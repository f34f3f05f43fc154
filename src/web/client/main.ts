import { followLive } from "./live.ts";
import { walkLists } from "./keyboard.ts";
import { guardForms } from "./forms.ts";

followLive();
walkLists();
guardForms();
