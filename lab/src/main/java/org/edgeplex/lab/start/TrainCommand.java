package org.edgeplex.lab.start;

import java.util.concurrent.Callable;
import org.edgeplex.lab.trial.DataplaneTrial;
import picocli.CommandLine.Command;

/// `edgeplex train`: what the launcher runs after a build.
@Command(
        name = "train",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Records AOT caches of our programs, so that they start faster.")
public final class TrainCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        try (DataplaneTrial trial = DataplaneTrial.open()) {
            trial.inside(() -> {
                new Training(trial).run();
                return 0;
            });
        }
        return 0;
    }
}
