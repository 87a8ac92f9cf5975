// Loaded before the command line. The channel to the launcher closes however the launcher ends, also by kill -9.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
// Listening must not keep a finished command alive.
process.channel?.unref()
