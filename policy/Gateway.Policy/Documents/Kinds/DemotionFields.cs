using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>
/// Reads <c>demote</c> of an agent or a profile. Only triggers that Gateway can see are words: a trigger that never fires would be a
/// promise.
/// </summary>
internal static class DemotionFields
{
    private static readonly FieldFormat<AtfLevel> To = Vocabulary.Level.Format;

    public static Demotion? Read(MappingReader spec) =>
        spec.Section(
            "demote",
            section =>
            {
                var on = section
                    .List("on", Vocabulary.Trigger.Format, fallback: null, least: 1)
                    .Aggregate(DemotionTriggers.None, (all, one) => all | one);
                var to = section.Required("to", To);
                if (to == AtfLevel.L4)
                {
                    section.Fail("to", "L4 is the highest level, so nobody would be demoted.", "Use L1, L2 or L3.");
                }

                if (section.Has("count") && !on.HasFlag(DemotionTriggers.OpenFindings))
                {
                    section.Fail("count", "Nothing is counted.", "Remove it, or add open_findings to 'on'.");
                }

                return new Demotion(on, to, section.Optional("count", Formats.Integer(1, 1_000), 1));
            }
        );
}
