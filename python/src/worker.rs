//! Long work on a thread of its own, while Python's thread listens for Ctrl-C and tells of progress.
use std::{
    collections::BTreeMap,
    rc::Rc,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc::{RecvTimeoutError, channel},
    },
    thread,
    time::Duration,
};

use dewpoint::cli::{
    Failure,
    host::{Found, Host},
};
use pyo3::{
    exceptions::{PyKeyboardInterrupt, PyRuntimeError},
    prelude::*,
};

/// How often Python's thread looks for Ctrl-C, and at most how often it tells of progress.
const LISTEN: Duration = Duration::from_millis(50);

/// What worker and listener share.
#[derive(Default)]
pub struct Between {
    stop: Arc<AtomicBool>,
    done: AtomicU64,
    all: AtomicU64,
    notes: Mutex<Vec<String>>,
    found: Mutex<Option<Found>>,
    files: BTreeMap<String, String>,
}

impl Between {
    /// With scenario files in memory, by name.
    pub fn with(files: BTreeMap<String, String>) -> Self {
        Self { files, ..Self::default() }
    }

    /// What was found, once.
    pub fn take_found(&self) -> Option<Found> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// What was said so far, once.
    fn take_notes(&self) -> Vec<String> {
        std::mem::take(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The worker's side of it.
pub struct Around(pub Arc<Between>);

impl Host for Around {
    fn text(&self, path: &str) -> Option<String> {
        self.0.files.get(path).cloned()
    }

    fn progress(&self, done: u64, all: u64) {
        self.0.done.store(done, Ordering::Relaxed);
        self.0.all.store(all, Ordering::Relaxed);
    }

    fn note(&self, text: &str) {
        self.0.notes.lock().unwrap_or_else(PoisonError::into_inner).push(text.into());
    }

    fn stop(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0.stop)
    }

    fn found(&self, found: Found) {
        *self.0.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
    }
}

/// Does `work` on another thread without holding Python up. `listener`, where there is one, has methods `progress(done, all)`
/// and `note(text)`. Ctrl-C, or an exception of the listener, stops the work as Ctrl-C stops the program.
///
/// # Errors
///
/// What the work says, as an exception with the same words; `KeyboardInterrupt` where it was stopped.
pub fn at_work<T: Send + 'static>(
    py: Python<'_>,
    between: Arc<Between>,
    listener: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(Rc<dyn Host>) -> Result<T, Failure> + Send + 'static,
) -> PyResult<T> {
    let (tell, told) = channel();
    let here = Arc::clone(&between);
    let worker = thread::Builder::new().name("dewpoint".into()).spawn(move || {
        // Nobody listens any more only where Python itself is coming to its end.
        let _ = tell.send(work(Rc::new(Around(here))));
    });
    let worker = worker.map_err(|error| PyRuntimeError::new_err(format!("cannot start a thread: {error}")))?;
    let mut interrupted: Option<PyErr> = None;
    let mut last = (0, 0);
    // A receiver is for one thread, and so is this one: it is only that Python may not be held meanwhile.
    let told = Mutex::new(told);
    let made = loop {
        let heard = py.detach(|| told.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(LISTEN));
        let listened = py.check_signals().and_then(|()| tell_of(&between, listener, &mut last));
        if let Err(error) = listened {
            between.stop.store(true, Ordering::SeqCst);
            interrupted.get_or_insert(error);
        }
        match heard {
            Ok(made) => break Some(made),
            Err(RecvTimeoutError::Disconnected) => break None,
            Err(RecvTimeoutError::Timeout) => {}
        }
    };
    let _ = py.detach(|| worker.join());
    match (made, interrupted) {
        // What came to its end before the stop reached it is an answer, but nobody waits for it any more.
        (Some(Err(Failure::Failed(what))), Some(error)) if error.is_instance_of::<PyKeyboardInterrupt>(py) => {
            Err(PyKeyboardInterrupt::new_err(what))
        }
        (_, Some(error)) => Err(error),
        (Some(made), None) => made.map_err(|failure| raised(py, failure)),
        (None, None) => {
            Err(PyRuntimeError::new_err("the engine broke off without a reason: this is a fault in dewpoint"))
        }
    }
}

/// Tells `listener` what is new.
fn tell_of(between: &Between, listener: Option<&Bound<'_, PyAny>>, last: &mut (u64, u64)) -> PyResult<()> {
    let notes = between.take_notes();
    let Some(listener) = listener else { return Ok(()) };
    for note in notes {
        listener.call_method1("note", (note,))?;
    }
    let now = (between.done.load(Ordering::Relaxed), between.all.load(Ordering::Relaxed));
    if now != *last {
        *last = now;
        listener.call_method1("progress", now)?;
    }
    Ok(())
}

/// A failure as an exception with the same words.
pub fn raised(py: Python<'_>, failure: Failure) -> PyErr {
    match failure {
        Failure::Input(what) => error(py, "InputError", (what,)),
        Failure::Failed(what) => error(py, "FailedError", (what,)),
        Failure::ClosedPipe => error(py, "FailedError", ("cannot write the output",)),
    }
}

/// An exception of the package's own, by name.
pub fn error<'py>(py: Python<'py>, name: &str, arguments: impl pyo3::call::PyCallArgs<'py>) -> PyErr {
    let made = || py.import("dewpoint._errors")?.getattr(name)?.call1(arguments);
    made().map_or_else(|error| error, PyErr::from_value)
}
