use crate::quantities;

quantities! {
    /// Measurement: what the unit can know about itself, reports, and sees.
    pub struct Measurement {
        /// Time to build the means to measure.
        gain_weeks = 40.0, "week", 13.0..104.0, Assumption, "the review: systems took a year and more to build";
        /// Time in which they slip back without resources.
        loss_weeks = 80.0, "week", 26.0..208.0, Assumption, "judgement";
        /// Share of the build-up that needs neither sponsor nor outside help.
        unaided = 0.4, "share", 0.1..0.8, Assumption, "judgement";
        /// How much of the means embedding keeps.
        embedded = 0.5, "share", 0.0..1.0, Assumption, "judgement";
        /// How much ritual compliance takes away from feedback: people know when numbers are theatre.
        theatre = 0.8, "share", 0.2..1.0, Assumption, "pattern P10";
        /// Feedback that goes on in an embedded programme without resources.
        embedded_feedback = 0.5, "share", 0.0..1.0, Assumption, "judgement";
        /// Result that everybody notices without feedback.
        bystander = 0.15, "share", 0.0..0.5, Assumption, "judgement";
        /// Gain that counts as a clear result.
        result_scale = 0.20, "share", 0.08..0.4, Assumption, "judgement";
        /// Weekly scatter of the reported number (standard deviation).
        report_noise = 0.02, "share", 0.0..0.1, Assumption, "judgement";
    }
}
