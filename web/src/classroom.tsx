/** The room of a class on the local network: its wall and the notes for who has the key, a telephone for everybody else. */
import { useEffect, useState } from "preact/hooks";
import { useHost } from "./class";
import { kept, keep } from "./keep";
import { Notes } from "./notes";
import type { Room } from "./store";
import { Telephone } from "./telephone";
import { Wall } from "./wall";
import { t } from "./language";

interface Props {
  room: Room;
  parts: URLSearchParams;
  /** Whether it is what the address asks for: else it only finds out who may see the rest. */
  wanted: boolean;
  /** Tells whether the other pages are open to this device, and whether it leads. */
  onAdmit(open: boolean, leads: boolean): void;
}

export function Classroom({ room, parts, wanted, onAdmit }: Props) {
  const [key] = useState(() => parts.get("host") ?? parts.get("notes") ?? kept("class.key", ""));
  const [notes, setNotes] = useState(() => parts.has("notes") || (!parts.has("host") && parts.get("view") === "notes"));
  useEffect(() => {
    if (!key) return;
    keep("class.key", key);
    if (!wanted) return;
    // The wall is for all to see, and so is the address above it: the key goes out of it.
    history.replaceState(history.state, "", `#tab=class&view=${notes ? "notes" : "wall"}`);
  }, [notes, wanted]);
  if (!key) return <Telephone room={room} code={parts.get("class") ?? ""} onOver={(over) => onAdmit(over, false)} />;
  return <Led room={room} secret={key} notes={notes} setNotes={setNotes} onLed={() => onAdmit(true, true)} />;
}

function Led({ room, secret, notes, setNotes, onLed }: { room: Room; secret: string; notes: boolean; setNotes(notes: boolean): void; onLed(): void }) {
  const host = useHost(secret);
  const leads = host.led !== null;
  useEffect(() => {
    if (leads) onLed();
  }, [leads]);
  return (
    <div class="classroom">
      <div class="choice no-print" role="group" aria-label={t("What this screen shows")}>
        <button type="button" aria-pressed={!notes} onClick={() => setNotes(false)} data-test="view-wall">
          {t("The wall")}
        </button>
        <button type="button" aria-pressed={notes} onClick={() => setNotes(true)} data-test="view-notes">
          {t("My notes")}
        </button>
      </div>
      {notes ? <Notes host={host} /> : <Wall room={room} host={host} />}
    </div>
  );
}
