using System.Text.Json;
using Gateway.Connectors.Json;
using Gateway.Connectors.Models;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>
/// What a dialect accepts is an object with one reading, and the model and whether it streams are what System.Text.Json reads. The first
/// byte says which dialect.
/// </summary>
internal static class ModelBodyTarget
{
    public static void Check(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var operation = ModelOperations.All[input[0] % ModelOperations.All.Count];
        var body = input[1..];
        if (!operation.Requests.TryRead(body, out var reading, out _))
        {
            return;
        }

        Promise.That(StrictJson.IsObject(body), "A body that is accepted is an object with one reading.");
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
        var hasModel = document.RootElement.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.String;
        // Where a moderation names none, the provider takes its newest.
        var usual = operation.Operation.ToString() == "moderations" ? "omni-moderation-latest" : null;
        Promise.Same(hasModel ? model.GetString() : usual, reading.Model, "The model is the one that the provider reads.");
        var isStream = document.RootElement.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True;
        Promise.Same(isStream, reading.Stream, "It streams where the provider streams.");
        Promise.That(
            reading.Choices >= 1 && reading.InputTokens >= 0 && reading.MaxTokens is null or >= 0,
            "What is reserved isn't negative."
        );
    }
}
