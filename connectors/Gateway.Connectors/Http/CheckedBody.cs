using System.Diagnostics.CodeAnalysis;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Http;

/// <summary>What comes of a tool call's body that is checked and goes on as it came: nothing is read of it, or it is refused.</summary>
internal static class CheckedBody
{
    /// <param name="problem">What is wrong with it, without repeating it; null for nothing.</param>
    public static bool Passes(string? problem, out BodyReading reading, [NotNullWhen(false)] out Refusal? refusal)
    {
        reading = BodyReading.Empty;
        refusal = problem is null ? null : new Refusal(ReasonCode.MalformedRequest, problem);
        return problem is null;
    }
}
