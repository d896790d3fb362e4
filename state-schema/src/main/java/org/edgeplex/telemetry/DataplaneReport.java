package org.edgeplex.telemetry;

import java.nio.file.Path;

/// What is known of a data plane that counts, or ought to.
public sealed interface DataplaneReport {
    /// The number of its attachment.
    int attachment();

    /// What people call that; empty where it is not known.
    String name();

    /// Its counters file, on the machine that it runs on.
    String file();

    /// Its numbers, the last ones of one that runs no more.
    record Counted(DataplaneView view, String file) implements DataplaneReport {
        @Override
        public int attachment() {
            return view.attachment();
        }

        @Override
        public String name() {
            return view.source().name();
        }
    }

    /// There are none to be had, which is not the same as zeros.
    ///
    /// @param why a sentence
    record Silent(int attachment, String name, String file, String why)
            implements DataplaneReport {}

    /// As a file of this machine tells it now.
    static DataplaneReport of(Path file) {
        return switch (CountersReader.read(file)) {
            case CountersReader.Reading.Taken(CountersSnapshot snapshot) ->
                    new Counted(DataplaneView.of(snapshot), file.toString());
            case CountersReader.Reading.Refused(String why) ->
                    new Silent(CountersFolder.number(file), "", file.toString(), why);
        };
    }
}
