using System.Diagnostics;
using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Cli.Brokers;

/// <summary>One question to a running broker, and its answer.</summary>
internal static class BrokerTalk
{
    /// <value>Bytes of an answer.</value>
    private const int MostBytes = 16 * 1024;

    /// <returns>Null where it failed, or answered with anything but one object of at most 16 KiB.</returns>
    public static async Task<JsonObject?> AskAsync(Process process, BrokerRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(ArtifactJson.Canonical(request.ToJson()), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It answers without reading: whether it answers for this request, the digest in its answer says.
        }

        var bytes = new byte[MostBytes + 1];
        var length = await process.StandardOutput.BaseStream.ReadAtLeastAsync(
            bytes,
            bytes.Length,
            throwOnEndOfStream: false,
            cancellationToken
        );
        if (length > MostBytes)
        {
            return null;
        }

        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 && ArtifactJson.TryParse(bytes.AsSpan(0, length), out var answer, out _) ? answer : null;
    }
}
