using System.Text.Json;

namespace Gateway.Testing;

/// <summary>What one request may cost on any machine: section <c>request</c> of <c>loadtests/budgets.json</c>.</summary>
/// <param name="AllocatedBytes">By the gateway, for a warm bearer model call.</param>
/// <param name="AllocatedBytesRedacted">By the gateway, for a warm signed model call that is redacted on its way out and on its way
/// back.</param>
/// <param name="StoreRoundTrips">To the shared store, on the request's way.</param>
/// <param name="RecordBytes">Of the journal on disk, for one record of a bearer model call, hashes and marks among them.</param>
public sealed record RequestBudgets(long AllocatedBytes, long AllocatedBytesRedacted, int StoreRoundTrips, long RecordBytes)
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    public static RequestBudgets Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "loadtests", "budgets.json")));
        return file.RootElement.GetProperty("request").Deserialize<RequestBudgets>(Names)!;
    }
}
