using System.Collections.Frozen;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>
/// Reads <c>kind: Trigger</c>. A field that its event doesn't use, or an event that could never come, is an error: a trigger that never
/// fires would be a promise.
/// </summary>
internal static class TriggerDocument
{
    private static readonly FieldFormat<TimeSpan> Window = Quantities.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
    private static readonly FieldFormat<TimeSpan> Learn = Quantities.Duration(TimeSpan.FromHours(1), TimeSpan.FromDays(30));
    private static readonly FieldFormat<int> Count = Formats.Integer(1, 1_000);

    private static readonly FieldFormat<ReasonCode> Reason = new(
        "the code of a refusal's reason",
        "tool_not_permitted",
        Reasons.TryParse,
        reason => Reasons.Of(reason).Code
    );

    private static readonly FieldFormat<Sha256Digest> Canary = new(
        "the SHA-256 of a marker in 64 hexadecimal digits",
        new string('0', 64),
        (string text, out Sha256Digest value) => Sha256Digest.TryParse(text, out value),
        value => value.ToString()
    )
    {
        MayShow = false, // Where the marker itself is written by mistake, an error that repeats it would spread it.
    };

    public static Trigger Read(DocumentHeader header, MappingReader spec)
    {
        var on = spec.Required("on", Vocabulary.TriggerEvent.Format);
        var isCanary = on == TriggerEvent.Canary;
        var then = spec.Required("then", Vocabulary.TriggerEffect.Format);
        var agents = spec.List("agents", Formats.Id<Agent>(), [], most: 500);
        return new Trigger
        {
            Tenant = header.Tenant,
            Name = header.Name.ToString(),
            On = on,
            Count = isCanary ? spec.Optional("count", Count, 1) : spec.Required("count", Count),
            Window = isCanary ? spec.Optional("window", Window, TimeSpan.FromHours(1)) : spec.Required("window", Window),
            Only = ReadReasons(spec, on),
            Canaries = ReadCanaries(spec, on),
            Baseline = ReadBaseline(spec, on),
            Then = then,
            To = ReadLevel(spec, then),
            Mode = spec.Optional("mode", Vocabulary.TriggerMode.Format, TriggerMode.Shadow),
            Agents = agents,
            AgentsAt = spec.FindNode("agents") is SequenceNode list ? [.. list.Items.Select(item => item.Position)] : [],
            Source = header.Source,
        };
    }

    private static IReadOnlyList<ReasonCode> ReadReasons(MappingReader spec, TriggerEvent on)
    {
        if (!spec.Has("reasons"))
        {
            return [];
        }

        OnlyWith(spec, "reasons", on == TriggerEvent.Refusals, "Only 'on: refusals' counts by reason.");
        var reasons = spec.List("reasons", Reason, fallback: null, least: 1);
        foreach (var reason in reasons.Where(Trigger.Unproven.Contains))
        {
            spec.Fail(
                "reasons",
                $"Nobody is proven where a request is refused for '{Reasons.Of(reason).Code}', so no agent could be charged with it.",
                "Remove it."
            );
        }

        return reasons;
    }

    private static FrozenSet<Sha256Digest> ReadCanaries(MappingReader spec, TriggerEvent on)
    {
        if (on == TriggerEvent.Canary || spec.Has("canaries"))
        {
            OnlyWith(spec, "canaries", on == TriggerEvent.Canary, "Only 'on: canary' looks for them.");
            return spec.List("canaries", Canary, fallback: null, least: 1).ToFrozenSet();
        }

        return FrozenSet<Sha256Digest>.Empty;
    }

    private static BaselineTerms? ReadBaseline(MappingReader spec, TriggerEvent on)
    {
        if (on == TriggerEvent.Baseline)
        {
            spec.FailUnlessPresent("baseline", "Say by 'of' what of the agent's past counts.");
        }
        else if (spec.Has("baseline"))
        {
            OnlyWith(spec, "baseline", isUsed: false, "Only 'on: baseline' has one.");
        }

        return spec.Section("baseline", ReadTerms);
    }

    private static BaselineTerms ReadTerms(MappingReader section)
    {
        var of = section
            .List("of", Vocabulary.Baseline.Format, fallback: null, least: 1)
            .Aggregate(BaselineParts.None, (all, one) => all | one);
        var errors = section.Context.Errors.Count;
        var learn = section.Optional("learn", Learn, TimeSpan.FromDays(7));
        if (section.Context.Errors.Count == errors && of.HasFlag(BaselineParts.Hours) && learn < TimeSpan.FromDays(1))
        {
            section.Fail("learn", "In less than a day not every hour has come once.", "Use 1d or more, or take 'hours' out of 'of'.");
        }

        var calls = section.Optional("calls", Formats.Integer(10, 1_000_000), 200);
        return new BaselineTerms(of, learn, calls, section.Optional("factor", Formats.Integer(2, 100), 4));
    }

    private static AtfLevel ReadLevel(MappingReader spec, TriggerEffect then)
    {
        if (then != TriggerEffect.Demote)
        {
            OnlyWith(spec, "to", isUsed: !spec.Has("to"), "A suspended agent may do nothing, whatever its level.");
            return spec.OptionalValue("to", Vocabulary.Level.Format) ?? AtfLevel.Unassigned;
        }

        var to = spec.Required("to", Vocabulary.Level.Format);
        if (to == AtfLevel.L4)
        {
            spec.Fail("to", "L4 is the highest level, so nobody would be demoted.", "Use L1, L2 or L3.");
        }

        return to;
    }

    private static void OnlyWith(MappingReader spec, string field, bool isUsed, string problem)
    {
        if (!isUsed)
        {
            spec.Fail(field, problem, "Remove it.");
        }
    }
}
