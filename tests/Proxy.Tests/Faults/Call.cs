using System.Text.Json;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>One request as its client saw it.</summary>
/// <param name="Started">A stamp of <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="Status">0 where there was no answer, or none that was whole.</param>
/// <param name="Code">The refusal's code; empty for none.</param>
internal sealed record Call(long Started, TimeSpan Took, bool Signed, int Status, string Code, string? DecisionId)
{
    /// <summary>The status that its head said, though what came after may have been cut; 0 where no head came.</summary>
    public int Head { get; init; } = Status;

    public bool Succeeded => Status is >= 200 and < 300;

    public bool RefusedForNow => Status == 503 && Code.Length > 0;

    /// <summary>The refusal's code in any door's shape.</summary>
    public static string CodeOf(string body)
    {
        try
        {
            var root = JsonDocument.Parse(body).RootElement;
            if (root.TryGetProperty("error", out var error))
            {
                root = error;
            }

            return root.TryGetProperty("code", out var code) ? code.GetString() ?? "" : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
