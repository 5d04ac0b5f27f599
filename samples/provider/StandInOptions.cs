namespace Gateway.Samples.Provider;

/// <summary>Settings under <c>StandIn</c>. The keys are no secrets: they open nothing but this program.</summary>
internal sealed class StandInOptions
{
    public string OpenAiKey { get; set; } = "standin-openai-key";

    public string AnthropicKey { get; set; } = "standin-anthropic-key";

    public string CrmToken { get; set; } = "standin-crm-token";

    /// <value>How many of the last requests <c>/_seen</c> shows. Default 256; 0 keeps none, for load tests.</value>
    public int Seen { get; set; } = 256;
}
