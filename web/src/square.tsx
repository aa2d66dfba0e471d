/** Squares for telephones: shown by one table, read by another, with no server between. */
import { useEffect, useRef, useState } from "preact/hooks";
import { renderSVG } from "uqr";
import { squareText } from "./share";
import { t } from "./language";

/** A square that leads to `address` or to this page with `part` in its address, or holds the code alone where no address would do. */
export function Square({ part, code, label, address }: { part: string; code: string; label: string; address?: string }) {
  const text = address ?? squareText(location, part, code);
  const leads = text !== code;
  return (
    <figure class="square">
      <div class="qr" role="img" aria-label={t("{label} as a QR code", { label })} data-says={text} dangerouslySetInnerHTML={{ __html: renderSVG(text, { border: 2 }) }} />
      <figcaption class="hint">{leads ? t("A telephone's camera opens it.") : t("A telephone's camera shows the code. It cannot open this page, which is on this machine alone.")}</figcaption>
    </figure>
  );
}

interface Detector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}
const reader = () => (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

/** Reads squares with this device's camera, where the browser itself can; elsewhere there is nothing to press. */
export function Scan({ onRead }: { onRead: (text: string) => void }) {
  const [able, setAble] = useState(false);
  const [on, setOn] = useState(false);
  const [said, say] = useState("");
  const video = useRef<HTMLVideoElement>(null);
  const tell = useRef(onRead);
  tell.current = onRead;
  useEffect(() => {
    if (!reader() || !navigator.mediaDevices?.getUserMedia) return;
    reader()!
      .getSupportedFormats()
      .then((formats) => setAble(formats.includes("qr_code")))
      .catch(() => setAble(false));
  }, []);
  useEffect(() => {
    if (!on) return;
    let stream: MediaStream | undefined;
    let stale = false;
    const seen = new Set<string>();
    const look = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      if (stale || !video.current) return stream.getTracks().forEach((track) => track.stop());
      video.current.srcObject = stream;
      await video.current.play();
      const detector = new (reader()!)({ formats: ["qr_code"] });
      say(t("Hold a square before the camera."));
      while (!stale && video.current) {
        for (const { rawValue } of await detector.detect(video.current)) {
          if (seen.has(rawValue)) continue;
          seen.add(rawValue);
          tell.current(rawValue);
          say(t("{count} read. The next one, please.", { count: seen.size }));
        }
        await new Promise((done) => setTimeout(done, 250));
      }
    };
    look().catch((error) => {
      if (stale) return;
      say(t("The camera cannot be used here ({why}): copy the codes instead.", { why: (error as Error).message }));
      setOn(false);
    });
    return () => {
      stale = true;
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [on]);
  if (!able) return null;
  return (
    <div class="scan">
      <button type="button" aria-pressed={on} onClick={() => (say(""), setOn(!on))} data-test="scan">
        {on ? t("Stop the camera") : t("Read squares with this camera")}
      </button>{" "}
      <span role="status">{said}</span>
      {on && <video ref={video} muted playsInline aria-label={t("What the camera sees")} />}
    </div>
  );
}
