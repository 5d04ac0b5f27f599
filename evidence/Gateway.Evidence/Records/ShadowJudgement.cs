using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>
/// What the governance with its shadow documents says of an action that the real governance has decided. It changes nothing.
/// </summary>
/// <param name="Snapshot">The revision that the governance would have if the shadow documents were real.</param>
/// <param name="Decision">Null where it couldn't be judged.</param>
/// <param name="Changed">Whether it is another decision than the real one.</param>
public sealed record ShadowJudgement(Sha256Digest Snapshot, Decision? Decision, bool Changed)
{
    internal void Write(CanonicalJsonWriter writer)
    {
        writer.Name("shadow"u8);
        writer.StartObject();
        if (Decision is null)
        {
            writer.Name("error"u8);
            writer.Bool(true);
            writer.Member("snapshot"u8, Snapshot);
        }
        else
        {
            writer.Name("changed"u8);
            writer.Bool(Changed);
            writer.Member("reasons"u8, Decision.Reasons);
            writer.Member("snapshot"u8, Snapshot);
            writer.Member("verdict"u8, RecordNames.Of(Decision.Verdict));
        }

        writer.EndObject();
    }
}
