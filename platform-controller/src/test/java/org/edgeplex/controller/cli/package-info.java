/// Tests of cli.
@NullMarked
package org.edgeplex.controller.cli;

import org.jspecify.annotations.NullMarked;
