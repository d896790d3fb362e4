package org.edgeplex.lab.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What may be simulated.
public final class Scenarios {
    private static final List<Supplier<Scenario>> ALL =
            List.of(
                    WritersScenario::new,
                    FollowersScenario::new,
                    LabelsScenario::new,
                    TimersScenario::new);

    private Scenarios() {}

    public static List<String> names() {
        return all().map(Scenario::name).toList();
    }

    static Stream<Scenario> all() {
        return ALL.stream().map(Supplier::get);
    }

    /// A new one of this name.
    static Optional<Scenario> named(String name) {
        return all().filter(each -> each.name().equals(name)).findFirst();
    }
}
