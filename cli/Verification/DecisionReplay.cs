using System.Text.Json.Nodes;
using Gateway.Cli.Results;
using Gateway.Evidence.Snapshots;

namespace Gateway.Cli.Verification;

/// <summary>
/// Derives recorded decisions again from their records and the governance that was kept. Whatever doesn't come out the same, byte for byte,
/// is a failure.
/// </summary>
/// <param name="snapshots">The governance that they were judged by.</param>
internal sealed class DecisionReplay(KeptSnapshots snapshots)
{
    private long _same;
    private long _others;
    private (string Receipt, RederivationResult Result)? _first;

    public void Add(string receipt, ReadOnlyMemory<byte> body) => Count(receipt, Rederivation.Check(body, snapshots));

    /// <param name="record">A whole one, as a receipt has it.</param>
    public void AddRecord(string receipt, ReadOnlyMemory<byte> record) => Count(receipt, Rederivation.CheckRecord(record, snapshots));

    /// <summary>What else was found out about something whose own proof is good.</summary>
    public CommandResult Judge(CommandResult proven)
    {
        proven.Data["replay"] = ToJson();
        if (_first is not var (receipt, result))
        {
            return proven with { Lines = [.. proven.Lines, $"{_same} decisions derived again: every one is the same, byte for byte."] };
        }

        var remedy =
            result.Status == RederivationStatus.Underivable
                ? "Name the journal's root, or a copy of its _snapshots, with --snapshots; what was too long to be kept "
                    + "can't be derived again."
                : "Keep the record as it is. Run the version of Gateway that made it; if it still differs, it was changed "
                    + "before it was signed.";
        return CommandResult.Refused(
            ExitCode.VerificationFailed,
            $"{receipt}: {result.Detail} ({_others} of {_same + _others} decisions.)",
            remedy
        ) with
        {
            Data = proven.Data,
        };
    }

    private void Count(string receipt, RederivationResult result)
    {
        if (result.Status == RederivationStatus.Same)
        {
            _same++;
            return;
        }

        _others++;
        _first ??= (receipt, result);
    }

    private JsonObject ToJson() =>
        new()
        {
            ["same"] = _same,
            ["others"] = _others,
            ["first"] = _first is not var (receipt, result)
                ? null
                : new JsonObject
                {
                    ["receipt"] = receipt,
                    ["status"] = result.Status.ToString().ToLowerInvariant(),
                    ["member"] = result.Member.Length == 0 ? null : result.Member,
                    ["detail"] = result.Detail,
                },
        };
}
