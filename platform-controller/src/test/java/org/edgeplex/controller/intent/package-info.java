/// Tests of parsing, checking and rendering intents.
@NullMarked
package org.edgeplex.controller.intent;

import org.jspecify.annotations.NullMarked;
