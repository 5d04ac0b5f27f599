using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Cli.Verification;
using Gateway.Evidence.Snapshots;

namespace Gateway.Cli.Commands.Audit;

/// <summary><c>gateway verify</c>: proves whatever lies at a path, offline and without a running instance.</summary>
internal sealed class VerifyCommand : LeafCommand
{
    private const int MaxCheckpointBytes = 1 << 16;

    private readonly Argument<string> _path = PathArgument.Create(
        "PATH",
        "A journal's folder (the root, one tenant's, or one log's), a receipt, checkpoint, seal, segment or tile, a runpack "
            + "or its run's name, a trace.",
        required: true
    );

    private readonly SigningKeyOptions _keys = new();

    private readonly Option<string> _logKeys = new("--keys")
    {
        Description = "Public keys of the instances that signed: their /.well-known/jwks.json, or a line of base64 for each.",
        HelpName = "file",
    };

    private readonly Option<string[]> _since = new("--since")
    {
        Description =
            "A checkpoint of a log that was kept elsewhere, as /v1/checkpoint gave it: fail where the log is gone, or doesn't go on from "
            + "it. For journals' folders; may be given again.",
        HelpName = "file",
    };

    private readonly Option<bool> _required = new("--require-signature") { Description = "Fail what isn't signed with the key." };

    private readonly Option<string> _profile = new("--profile")
    {
        Description = "strict is --require-signature.",
        DefaultValueFactory = _ => "standard",
    };

    private readonly Option<bool> _replay = new("--replay")
    {
        Description =
            "Derive every decision again from its record and the governance that was kept, and compare the bytes. For "
            + "journals and receipts.",
    };

    private readonly Option<string> _snapshots = new("--snapshots")
    {
        Description = "For --replay: the journal's root, or a copy of its _snapshots folder. A journal that is whole has its own.",
        HelpName = "folder",
    };

    public VerifyCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "verify",
            "Check a journal, a pack or a trace and name the first thing that is wrong.",
            "gateway verify data/journal"
        )
    {
        _profile.AcceptOnlyFromAmong("standard", "strict");
        Add(_path);
        Add(_keys.PublicKey);
        Add(_keys.PublicKeyEnv);
        Add(_logKeys);
        Add(_since);
        Add(_required);
        Add(_profile);
        Add(_replay);
        Add(_snapshots);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = ArtifactPaths.Resolve(parsed.GetRequiredValue(_path));
        var since = Since(parsed);
        if (!Path.Exists(path) && since.Length == 0)
        {
            throw new InvalidInputException($"There is nothing at '{path}'.", "Name a journal's folder, a run, or a file.");
        }

        var required = parsed.GetValue(_required) || parsed.GetValue(_profile) == "strict";
        var key = _keys.ReadPublic(parsed, Configuration);
        var request = new VerifyRequest(path, key, required, cancellationToken)
        {
            Keys = KeyFileOptions.Read(parsed.GetValue(_logKeys)) ?? (key is null ? null : [key]),
            Replay = Path.Exists(path) ? Replay(parsed, path) : null,
            Since = since,
        };
        if (since.Length > 0)
        {
            // Also where nothing is there any more: that is what they were kept for.
            return File.Exists(path)
                ? throw new InvalidInputException("--since is for a journal's folder.", "Name its root, one tenant's folder, or one log's.")
                : Task.FromResult(JournalVerification.Judge(request));
        }

        var kind =
            VerifyKinds.All.FirstOrDefault(kind => kind.Recognises(path))
            ?? throw new InvalidInputException(
                $"'{path}' is nothing that can be verified.",
                $"It must be one of: {string.Join(", ", VerifyKinds.All.Select(k => k.Name))}."
            );
        return request.Replay is null || kind.HoldsDecisions ? Task.FromResult(kind.Judge(request)) : throw VerifyRequest.NothingToReplay();
    }

    private KeyValuePair<string, byte[]>[] Since(ParseResult parsed) =>
        [.. (parsed.GetValue(_since) ?? []).Select(file => KeyValuePair.Create(file, ArtifactFile.Read(file, MaxCheckpointBytes)))];

    private DecisionReplay? Replay(ParseResult parsed, string path)
    {
        var named = parsed.GetValue(_snapshots);
        if (!parsed.GetValue(_replay))
        {
            return named is null ? null : throw new InvalidInputException("--snapshots does nothing without --replay.", "Give both.");
        }

        var folder = named ?? (Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new DecisionReplay(
            new KeptSnapshots(
                KeptSnapshots.RootOf(folder)
                    ?? throw new InvalidInputException(
                        $"There is no kept governance ({KeptSnapshots.FolderName}) at or above '{folder}'.",
                        "Name the journal's root, or a copy of that folder, with --snapshots."
                    )
            )
        );
    }
}
