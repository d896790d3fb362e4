package org.edgeplex.lab.simulation;

import java.util.Optional;

/// One thing that goes wrong. Data, so that a failing run can be tried without it.
sealed interface Fault {
    /// The process ends where it waits; it is started again.
    record Kill(String process, int atMillis) implements Fault {}

    /// The process stands still, and goes on as if nothing had been.
    record Stall(String process, int atMillis, int forMillis) implements Fault {}

    /// Somebody takes the process for dead and starts another, while it stands still or runs: a
    /// zombie.
    record Supersede(String process, int atMillis, int stallMillis) implements Fault {}

    /// Nothing of the process reaches the store, or nothing of the store the process, or both.
    record Cut(String process, int atMillis, int forMillis, Way way) implements Fault {}

    /// The store answers nobody, and then all.
    record StoreStall(int atMillis, int forMillis) implements Fault {}

    /// One message of a process, or the answer to it, is lost, doubled, or overtaken by others.
    record Message(String process, int number, Way way, Fate fate, int delayMillis)
            implements Fault {}

    enum Way {
        REQUESTS,
        ANSWERS,
        BOTH;

        boolean includes(Way other) {
            return this == BOTH || this == other;
        }
    }

    enum Fate {
        LOST,
        DOUBLED,
        LATE
    }

    /// The same for half as long; empty when that makes no difference.
    default Optional<Fault> halved() {
        return switch (this) {
            case Stall(String process, int at, int length) when length > 1 ->
                    Optional.of(new Stall(process, at, length / 2));
            case Supersede(String process, int at, int length) when length > 1 ->
                    Optional.of(new Supersede(process, at, length / 2));
            case Cut(String process, int at, int length, Way way) when length > 1 ->
                    Optional.of(new Cut(process, at, length / 2, way));
            case StoreStall(int at, int length) when length > 1 ->
                    Optional.of(new StoreStall(at, length / 2));
            case Message(String process, int number, Way way, Fate fate, int delay)
                    when delay > 1 ->
                    Optional.of(new Message(process, number, way, fate, delay / 2));
            case Kill _, Stall _, Supersede _, Cut _, StoreStall _, Message _ -> Optional.empty();
        };
    }
}
