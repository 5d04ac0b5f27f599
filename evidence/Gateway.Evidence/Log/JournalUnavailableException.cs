namespace Gateway.Evidence.Log;

/// <summary>
/// A record couldn't be made as durable as was asked, so what it stands for must not happen. It may be in the log nevertheless. The message
/// is for operators. Trying again later can help: the journal mends itself when the disk is back.
/// </summary>
public sealed class JournalUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    internal static JournalUnavailableException Closed() => new("The journal is closed.");

    internal static JournalUnavailableException Because(Exception cause) =>
        new(
            $"The record can't be kept: {cause.Message} Nothing is recorded until the disk is back; then the journal goes on by itself.",
            cause
        );
}
