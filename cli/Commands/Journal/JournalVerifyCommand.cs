using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Cli.Verification;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Verification;

namespace Gateway.Cli.Commands.Journal;

/// <summary>
/// <c>gateway journal verify</c>: proves a journal that lies in several places, such as replicas' volumes and an archive, without a running
/// instance.
/// </summary>
internal sealed class JournalVerifyCommand : LeafCommand
{
    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Each place: a journal's root, one tenant's folder, or one log's.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _keys = new("--keys")
    {
        Description = "Public keys of the instances that signed: their /.well-known/jwks.json, or a line of base64 for each.",
        HelpName = "file",
    };

    public JournalVerifyCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "verify",
            "Check a journal that lies in several places: each of them, and that together they lack nothing.",
            "gateway journal verify volume-0/journal volume-1/journal /mnt/archive --keys keys.json"
        )
    {
        NoOption.Require(_paths, option => $" A folder of that name is written './{option}'.");
        Add(_paths);
        Add(_keys);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var paths = parsed.GetRequiredValue(_paths);
        if (paths.FirstOrDefault(path => !Directory.Exists(path)) is { } missing)
        {
            throw new InvalidInputException(
                $"There is no folder '{missing}'.",
                "Name journals' roots, tenants' folders or logs'; 'gateway verify' takes single files."
            );
        }

        var keys = KeyFileOptions.Read(parsed.GetValue(_keys));
        var result = VolumeVerifier.Verify(paths, keys, cancellationToken);
        var data = new JsonObject
        {
            ["logs"] = new JsonArray([.. result.Logs.Select(log => (JsonNode)Describe(log))]),
            ["signatures_checked"] = keys is not null,
            ["problem"] = JournalVerification.Describe(result.Problem),
        };
        if (result.Problem is { } problem)
        {
            var exit = problem.Kind == LogProblemKind.NoLog ? ExitCode.InvalidInput : ExitCode.VerificationFailed;
            return Task.FromResult(
                CommandResult.Refused(exit, problem.ToString(), JournalVerification.Remedy(problem.Kind)) with
                {
                    Data = data,
                }
            );
        }

        return Task.FromResult(
            CommandResult.Ok(
                data,
                $"{result.Logs.Count} logs in {paths.Length} places: nothing is wrong.",
                keys is null ? "No signature was checked: name the public keys with --keys." : "All signed heads and seals are checked."
            ) with
            {
                Table = Columns.Of(["Tenant", "Log", "From", "To", "Signed", "Copies"], result.Logs.Select(Cells)),
            }
        );
    }

    private static string[] Cells(VolumesLog log) =>
        [log.Tenant, log.Log, Text(log.From), Text(log.To), Text(log.Signed), Text(log.Copies)];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Describe(VolumesLog log) =>
        new()
        {
            ["tenant"] = log.Tenant,
            ["log"] = log.Log,
            ["from"] = log.From,
            ["to"] = log.To,
            ["signed"] = log.Signed,
            ["copies"] = log.Copies,
        };
}
