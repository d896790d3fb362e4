/// Tests of config.
@NullMarked
package org.edgeplex.controller.config;

import org.jspecify.annotations.NullMarked;
