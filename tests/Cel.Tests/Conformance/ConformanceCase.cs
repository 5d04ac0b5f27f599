using System.Text.Json;

namespace Gateway.Cel.Tests.Conformance;

/// <summary>One published case: an expression, its variables, and what it must give.</summary>
public sealed class ConformanceCase(JsonElement json)
{
    public string File => Text("file");

    public string Section => Text("section");

    public string Name => $"{File}/{Section}/{Text("name")}";

    public string Expression => Text("expr");

    public string Container => Text("container");

    public bool IsChecked => Text("disable_check") != "true";

    public bool IsCheckOnly => Text("check_only") == "true";

    public bool ExpectsError => json.TryGetProperty("error", out _);

    /// <summary>Null where only the check counts.</summary>
    public JsonElement? Expected =>
        json.TryGetProperty("value", out var value) ? value
        : json.TryGetProperty("typed_result", out var typed) && typed.GetProperty("value") is { ValueKind: JsonValueKind.Object } result
            ? result
        : null;

    public IEnumerable<JsonElement> Declarations => json.TryGetProperty("type_env", out var declared) ? declared.EnumerateArray() : [];

    public IEnumerable<JsonProperty> Bindings => json.TryGetProperty("bindings", out var bindings) ? bindings.EnumerateObject() : [];

    /// <summary>The whole case, to look for what is out of scope.</summary>
    public string Raw => json.GetRawText();

    private string Text(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
