using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Gateway.Cli.Brokers;

/// <summary>A program that issues credentials: it reads the request on its standard input and answers with one JSON object.</summary>
/// <param name="Path">In full, and one of those that the operator lists.</param>
internal sealed record BrokerCommand(string Path, IReadOnlyList<string> Arguments)
{
    /// <summary>The setting that lists the programs which may be asked, with commas between.</summary>
    public const string AllowedSetting = "GAIT_CREDENTIAL_COMMAND_ALLOWLIST";

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
                return await BrokerTalk.AskAsync(process, request, limit.Token);
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
}
