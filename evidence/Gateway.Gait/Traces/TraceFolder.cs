using System.Text;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Gait.Traces;

/// <summary>
/// A folder of chained traces. One writer at a time, over processes: the file that holds the last digest is locked while a trace is
/// written. What can't be written is an exception, so that nothing is decided without a trace.
/// </summary>
public sealed class TraceFolder(string folder, TimeProvider time)
{
    /// <summary>Holds the last trace's digest in hexadecimal.</summary>
    public const string HeadName = "traces.head";

    private const int NameDigits = 12;
    private const int MaxHead = 4096;

    /// <returns>The trace and the file that it lies in.</returns>
    /// <exception cref="IOException">It couldn't be written, or another writer held the folder for 3 s.</exception>
    public async Task<(SignedTrace Trace, string File)> AppendAsync(
        TraceSubject subject,
        Ed25519PrivateKey key,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(folder);
        await using var head = await TraceLock.TakeAsync(folder, time, cancellationToken);
        var (previous, unfinished) = await TraceHead.ReadAsync(head, cancellationToken);
        if (unfinished.Length > 0)
        {
            // Its writer was killed before the decision was given out.
            File.Delete(Path.Combine(folder, unfinished));
        }

        var trace = SignedTrace.Write(subject with { Previous = previous }, key);
        var name = previous is null ? $"trace_{trace.TraceId}.json" : $"trace_{trace.TraceId}_{previous.ToString()![..NameDigits]}.json";
        await TraceHead.WriteAsync(head, $"{previous}\n{name}\n", cancellationToken);
        var file = Path.Combine(folder, name);
        await trace.SaveAsync(file, cancellationToken);
        await TraceHead.WriteAsync(head, $"{trace.Digest}\n", cancellationToken);
        return (trace, file);
    }

    /// <summary>The last trace's digest; null where none was written.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static Sha256Digest? Head(string folder)
    {
        var file = Path.Combine(folder, HeadName);
        return File.Exists(file) ? TraceHead.Parse(Encoding.ASCII.GetString(RegularFile.Read(file, MaxHead))).Digest : null;
    }
}
