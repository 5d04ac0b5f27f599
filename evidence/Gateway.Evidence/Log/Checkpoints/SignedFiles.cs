using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log.Checkpoints;

/// <summary>The files of a log's folder that are signed notes, each of one kind.</summary>
/// <param name="keys">Null checks no signature.</param>
internal sealed class SignedFiles(string folder, string origin, IReadOnlyList<Ed25519PublicKey>? keys)
{
    public delegate string? Opening<T>(ReadOnlySpan<byte> note, string origin, IReadOnlyList<Ed25519PublicKey>? keys, out T? content);

    /// <summary>Reads one; gives what is wrong, or null. One that isn't there is null and not wrong.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public LogProblem? Read<T>(string name, Opening<T> open, LogProblemKind kind, out T? content)
        where T : class
    {
        content = null;
        var file = Path.Combine(folder, name);
        return File.Exists(file) && open(RegularFile.Read(file, SignedNote.MaxLength + 1), origin, keys, out content) is { } wrong
            ? new LogProblem(kind, file, 0, null, wrong)
            : null;
    }
}
