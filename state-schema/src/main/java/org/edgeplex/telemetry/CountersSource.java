package org.edgeplex.telemetry;

import java.time.Duration;
import java.time.Instant;

/// Who counts.
///
/// @param subject the number of what the process is there for: of a data plane, its attachment
/// @param name what people call that; printable ASCII
/// @param pid the process's number
/// @param started when the process began
/// @param incarnation the epoch of its lease
public record CountersSource(
        int subject, String name, long pid, Instant started, long incarnation) {
    public CountersSource {
        if (!name.matches("[ -~]{0,255}")) {
            throw new IllegalArgumentException("not a name");
        }
    }

    /// The system's clock and the kernel's differ by less.
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    /// This process.
    public static CountersSource ofThisProcess(int subject, String name, long incarnation) {
        ProcessHandle process = ProcessHandle.current();
        return new CountersSource(subject, name, process.pid(), started(process), incarnation);
    }

    /// Whether a process of this number that began then is there; for readers of the same machine.
    public boolean isRunning() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(CountersSource::started)
                .filter(start ->
                        Duration.between(start, started).abs().compareTo(START_TOLERANCE) < 0)
                .isPresent();
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
