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
    private const int MaxHostedTools = 64;

    // Each costs a code to check; a long conversation has some thousands of items.
    private const int MaxReferences = 8192;

    private List<string>? _hostedTools;
    private List<string>? _unknown;
    private List<string>? _references;
    private List<string>? _givenIds;
    private long _textBytes;
    private long _mediaBytes;
    private ulong _texts; // A bit for each depth.

    public BodyDraft() { }

    public string? Model { get; set; }

    public bool Stream { get; set; }

    public bool StreamUsage { get; set; }

    public long? MaxTokens { get; set; }

    public string? MaxTokensField { get; set; }

    public int Choices { get; set; } = 1;

    public int Prompts { get; set; } = 1;

    /// <summary>Tokens of thought asked for beside the output.</summary>
    public long ThinkingTokens { get; set; }

    public bool IsToldNotToThink { get; set; }

    public bool HidesOutput { get; set; }

    public bool Compacts { get; set; }

    public bool EchoesPrompt { get; set; }

    /// <summary>Null where the body doesn't say.</summary>
    public bool? Store { get; set; }

    /// <summary>Whether its items become a conversation's.</summary>
    public bool JoinsConversation { get; set; }

    /// <summary>Members of the top level that nobody has judged.</summary>
    public readonly IReadOnlyList<string> Unknown => _unknown ?? (IReadOnlyList<string>)[];

    /// <summary>Null until there is one.</summary>
    public Refusal? Refusal { get; private set; }

    public void CountText(int bytes) => _textBytes += bytes;

    /// <summary>One value among others: a token at least, however short.</summary>
    public void CountValue(int bytes) => _textBytes += Math.Max(bytes, TextBytesPerToken);

    public void CountMedia(int bytes) => _mediaBytes += bytes;

    /// <summary>Forgets what the last object of this depth was.</summary>
    public void BeginObject(int depth) => _texts &= ~(1UL << depth);

    /// <summary>The object of this depth says that it is text.</summary>
    public void NoteText(int depth) => _texts |= 1UL << depth;

    public readonly bool IsTextAt(int depth) => (_texts & (1UL << depth)) != 0;

    /// <summary>Always true, for the caller to return.</summary>
    public bool NoteUnknown(string name)
    {
        (_unknown ??= []).Add(name);
        return true;
    }

    /// <summary>False and a refusal where there are too many.</summary>
    public bool AddReference(string id)
    {
        _references ??= [];
        _references.Add(id);
        return _references.Count <= MaxReferences
            || Refuse(ReasonCode.UnsupportedFeature, $"At most {MaxReferences} ids of what the provider keeps can be named.");
    }

    /// <summary>An item's id beside its content, which nobody looks up. Always true, for the caller to return.</summary>
    public bool NoteGivenId(string id)
    {
        (_givenIds ??= []).Add(id);
        return true;
    }

    /// <summary>
    /// Where items become a conversation's, each id must be the agent's own: a list of the conversation gives them out again as such.
    /// </summary>
    public bool ReferToGivenIds()
    {
        for (var i = 0; i < (_givenIds?.Count ?? 0); i++)
        {
            if (!AddReference(_givenIds![i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>False and a refusal where there are too many kinds.</summary>
    public bool AddHostedTool(string type)
    {
        _hostedTools ??= [];
        if (_hostedTools.Contains(type))
        {
            return true;
        }

        _hostedTools.Add(type);
        return _hostedTools.Count <= MaxHostedTools
            || Refuse(ReasonCode.UnsupportedFeature, $"tools: at most {MaxHostedTools} types of hosted tools can be asked for.");
    }

    /// <summary>Keeps the refusal; always false, for the caller to return.</summary>
    public bool Refuse(ReasonCode reason, string detail)
    {
        Refusal = new Refusal(reason, detail);
        return false;
    }

    public readonly BodyReading ToReading(ModelDialect dialect)
    {
        var rounds = Compacts ? 2 : 1;
        var hosted = _hostedTools ?? (IReadOnlyList<string>)[];
        return new()
        {
            Model = Model,
            Stream = Stream,
            StreamUsage = StreamUsage,
            StreamUsageMustBeSet = dialect.StreamUsageIsAsked && Stream && !StreamUsage,
            Stores = Store ?? dialect.StoresUnlessTold,
            References = _references ?? (IReadOnlyList<string>)[],
            MaxTokens = dialect.MaxTokensField.Length == 0 ? 0 : MaxTokens,
            MaxTokensField = MaxTokensField ?? dialect.MaxTokensField,
            ThinkingTokens = ThinkingTokens,
            InputTokens = dialect.IsFree ? 0 : ((_textBytes / TextBytesPerToken) + (_mediaBytes / MediaBytesPerToken) + 1) * rounds,
            Choices = Choices * Prompts * rounds,
            HidesOutput = HidesOutput || Compacts || hosted.Count > 0 || (!IsToldNotToThink && dialect.MayThinkUnasked(Model ?? "")),
            EchoesPrompt = EchoesPrompt,
            HostedTools = hosted,
            Unknown = _unknown ?? (IReadOnlyList<string>)[],
        };
    }
}
