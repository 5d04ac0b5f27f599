using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>What has been read of one request so far. Lives for one reading; holds the refusal once there is one.</summary>
internal struct BodyDraft
{
    /// <summary>Base64 of a file, in bytes a token: a rough mean of pictures and documents.</summary>
    private const int MediaBytesPerToken = 40;

    private const int TextBytesPerToken = 4;

    // The providers have some twenty kinds; without a bound, telling thousands apart would take long.
    private const int MostHostedTools = 64;

    private List<string>? _hostedTools;
    private long _textBytes;
    private long _mediaBytes;

    public BodyDraft() { }

    public string? Model { get; set; }

    public bool Stream { get; set; }

    public bool StreamUsage { get; set; }

    public long? MaxTokens { get; set; }

    public string? MaxTokensField { get; set; }

    public int Choices { get; set; } = 1;

    public int Prompts { get; set; } = 1;

    public bool StoreIsOff { get; set; }

    public Refusal Refusal { get; private set; }

    public void CountText(int bytes) => _textBytes += bytes;

    public void CountMedia(int bytes) => _mediaBytes += bytes;

    /// <summary>False and a refusal where there are too many kinds.</summary>
    public bool AddHostedTool(string type)
    {
        _hostedTools ??= [];
        if (_hostedTools.Contains(type))
        {
            return true;
        }

        _hostedTools.Add(type);
        return _hostedTools.Count <= MostHostedTools
            || Refuse(ReasonCode.UnsupportedFeature, $"tools: at most {MostHostedTools} types of hosted tools can be asked for.");
    }

    /// <summary>Keeps the refusal; always false, for the caller to return.</summary>
    public bool Refuse(ReasonCode reason, string detail)
    {
        Refusal = new Refusal(reason, detail);
        return false;
    }

    public readonly BodyReading ToReading(ModelDialect dialect) =>
        new()
        {
            Model = Model,
            Stream = Stream,
            StreamUsage = StreamUsage,
            StreamUsageMustBeSet = dialect.StreamUsageIsAsked && Stream && !StreamUsage,
            StoreMustBeSet = dialect.StoresUnlessTold && !StoreIsOff,
            MaxTokens = dialect.MaxTokensField.Length == 0 ? 0 : MaxTokens,
            MaxTokensField = MaxTokensField ?? dialect.MaxTokensField,
            InputTokens = dialect.IsFree ? 0 : (_textBytes / TextBytesPerToken) + (_mediaBytes / MediaBytesPerToken) + 1,
            Choices = Choices * Prompts,
            HostedTools = _hostedTools ?? (IReadOnlyList<string>)[],
        };
}
