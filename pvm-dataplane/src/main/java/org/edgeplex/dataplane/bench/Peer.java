package org.edgeplex.dataplane.bench;

/// Another forwarder, in processes of its own; it runs only between [#resume] and [#pause].
interface Peer extends AutoCloseable {
    /// Packets that it has taken from its source so far.
    long packets();

    /// The process that forwards.
    long pid();

    @Override
    void close();

    /// Stops its clock, so that the next one has the CPU's caches alone.
    default void pause() {
        Command.run("kill", "-STOP", "" + pid());
    }

    default void resume() {
        Command.run("kill", "-CONT", "" + pid());
    }

    /// A peer that this machine does not have; the message says how to get it.
    final class MissingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingException(String message) {
            super(message);
        }
    }
}
