using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Cli.Brokers;

/// <summary>A program that issues credentials: it reads the request on its standard input and answers with one JSON object.</summary>
/// <param name="Path">In full, and one of those that the operator lists.</param>
internal sealed record BrokerCommand(string Path, IReadOnlyList<string> Arguments)
{
    /// <summary>The setting that lists the programs which may be asked, with commas between.</summary>
    public const string AllowedSetting = "GAIT_CREDENTIAL_COMMAND_ALLOWLIST";

    /// <value>Bytes of an answer.</value>
    private const int MostBytes = 16 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>Null where it failed, took over 5 s, or answered with anything but one object of at most 16 KiB.</returns>
    public async Task<JsonObject?> AskAsync(BrokerRequest request, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Path, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            return null;
        }

        using (process)
        {
            try
            {
                return await TalkAsync(process, request, limit.Token);
            }
            catch (Exception e) when (e is IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                return null;
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
    }

    private static async Task<JsonObject?> TalkAsync(Process process, BrokerRequest request, CancellationToken cancellationToken)
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
