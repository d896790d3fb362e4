package org.edgeplex.controller.placement;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The least loaded healthy host; of equals, the first by name.
public final class Placement {
    /// A host as a candidate.
    public record Candidate(String host, boolean healthy, int instanceCount) {}

    private Placement() {}

    public static Optional<String> choose(Collection<Candidate> candidates) {
        return candidates.stream()
                .filter(Candidate::healthy)
                .min(
                        Comparator.comparingInt(Candidate::instanceCount)
                                .thenComparing(Candidate::host))
                .map(Candidate::host);
    }
}
