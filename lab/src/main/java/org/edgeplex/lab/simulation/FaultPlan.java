package org.edgeplex.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What goes wrong in one run, and for how long anything does.
///
/// @param faultsMillis from then on nothing more goes wrong
record FaultPlan(List<Fault> faults, int faultsMillis) {
    private static final int FAULTS_MAX = 14;
    private static final int FAULTS_MILLIS = 1_000;
    private static final int LENGTH_MAX_MILLIS = 350;
    private static final int MESSAGES = 100;

    FaultPlan {
        faults = List.copyOf(faults);
    }

    static FaultPlan draw(SplittableRandom random, List<String> processes) {
        List<Fault> faults = new ArrayList<>();
        int count = random.nextInt(1, FAULTS_MAX + 1);
        for (int i = 0; i < count; i++) {
            String process = processes.get(random.nextInt(processes.size()));
            faults.add(draw(random, process));
        }
        return new FaultPlan(faults, FAULTS_MILLIS);
    }

    private static Fault draw(SplittableRandom random, String process) {
        int at = random.nextInt(FAULTS_MILLIS);
        int length = random.nextInt(1, Math.min(LENGTH_MAX_MILLIS, FAULTS_MILLIS - at) + 1);
        Fault.Way way = oneOf(random, List.of(Fault.Way.values()));
        return switch (random.nextInt(12)) {
            case 0, 1 -> new Fault.Kill(process, at);
            case 2 -> new Fault.Stall(process, at, length);
            case 3, 4 -> new Fault.Supersede(process, at, random.nextBoolean() ? 0 : length);
            case 5 -> new Fault.Cut(process, at, length, way);
            case 6 -> new Fault.StoreStall(at, length);
            default -> {
                Fault.Fate fate = oneOf(random, List.of(Fault.Fate.values()));
                Fault.Way one = random.nextBoolean() ? Fault.Way.REQUESTS : Fault.Way.ANSWERS;
                int number = random.nextInt(MESSAGES);
                yield new Fault.Message(process, number, one, fate, length);
            }
        };
    }

    private static <T> T oneOf(SplittableRandom random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    FaultPlan with(List<Fault> others) {
        return new FaultPlan(others, faultsMillis);
    }
}
