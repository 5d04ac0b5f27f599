using Gateway.Cel.Values;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation.Conditions;

/// <summary>The arguments as conditions read them.</summary>
internal static class ConditionArguments
{
    private static readonly Sha256Digest NoContent = Sha256Digest.Of([]);

    /// <summary>Unset for a body that isn't JSON: a condition that reads it is then in error, which never lets anything through.</summary>
    public static CelValue Of(ActionProfile action)
    {
        var intent = action.Intent;
        if (intent.Arguments.IsEmpty)
        {
            return intent.Target.Content == NoContent ? CelValue.From(EntryMap.Empty) : default;
        }

        return JsonValues.TryParse(intent.Arguments.Span, out var value) ? value : default;
    }
}
