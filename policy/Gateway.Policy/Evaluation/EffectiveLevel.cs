using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// The level that an agent is judged at: the lowest of what is assigned and backed, of every demotion, and of what its proof lets it.
/// </summary>
/// <param name="Level">Unassigned where nothing is left.</param>
/// <param name="Note">For the path: what lowered it beside the proof; empty for nothing.</param>
internal readonly record struct EffectiveLevel(AtfLevel Level, string Note)
{
    public static EffectiveLevel Of(
        AgentDossier dossier,
        Operation? operation,
        ToolPermission? permission,
        AuthStrength strength,
        Facts facts
    )
    {
        var backing = dossier.Backing;
        var level = backing.On(DateOnly.FromDateTime(facts.Now.UtcDateTime));
        var note = level < backing.Assigned ? Backed(backing) : "";
        if (facts.Level < level)
        {
            (level, note) = (facts.Level.Value, note + " demoted=yes");
        }

        if (IsUnlimited(dossier.Profile, operation, permission, level))
        {
            (level, note) = (dossier.Profile.Binds[LevelRequirement.Transaction] - 1, note + " lacks=transaction");
        }

        return new EffectiveLevel(Proven(level, strength, dossier.Profile), note);
    }

    /// <summary>A financial operation without a limit, where the profile asks for one.</summary>
    private static bool IsUnlimited(Profile profile, Operation? operation, ToolPermission? permission, AtfLevel level) =>
        operation is { Action: ActionType.Financial, Transaction: null }
        && permission?.Transaction is null
        && profile.Demands(LevelRequirement.Transaction, level);

    /// <summary>A bearer can be replayed, so it never acts above the profile's level for it; no proof at all has no level.</summary>
    private static AtfLevel Proven(AtfLevel level, AuthStrength strength, Profile profile) =>
        strength switch
        {
            AuthStrength.Signed => level,
            AuthStrength.Bearer => level > profile.BearerUpTo ? profile.BearerUpTo : level,
            AuthStrength.None => AtfLevel.Unassigned,
        };

    private static string Backed(LevelBacking backing)
    {
        var why =
            backing.Lacks is { } lacks ? $" lacks={lacks}"
            : backing.Ceiling < backing.Assigned ? ""
            : " lacks=promotion";
        return $" assigned={Vocabulary.Level.Text(backing.Assigned)}{why}{(backing.Ceiling < backing.Assigned ? " demoted=yes" : "")}";
    }
}
