using System.Diagnostics.CodeAnalysis;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>
/// The requests of one batch, added up. Each is read as it would be by itself; what can't be judged or changed for all of them at once is
/// refused, with which of them it was.
/// </summary>
public sealed class BatchDraft
{
    // The providers take 50,000 and 100,000.
    private const int MaxRequests = 100_000;

    private readonly List<string> _hostedTools = [];
    private string? _model;
    private bool _isSaid = true;
    private long _largestTokens;
    private long _inputTokens;
    private long _answers;
    private int _requests;

    /// <summary>Where the request is that is read, for refusals: from 1.</summary>
    public int Next => _requests + 1;

    /// <param name="reader">Of the operation that the request would be by itself.</param>
    public bool TryAdd(IIntentReader reader, ReadOnlySpan<byte> body, [NotNullWhen(false)] out Refusal? refusal)
    {
        if (!reader.TryRead(body, out var reading, out refusal))
        {
            refusal = refusal with { Detail = $"Request {Next} of the batch: {refusal.Detail}" };
            return false;
        }

        if (ProblemOf(reading) is { } problem)
        {
            refusal = new Refusal(ReasonCode.UnsupportedFeature, $"Request {Next} of the batch: {problem}");
            return false;
        }

        _model = reading.Model;
        _requests++;
        _answers += reading.Choices;
        _inputTokens += reading.InputTokens;
        _isSaid &= reading.MaxTokens is not null;
        _largestTokens = Math.Max(_largestTokens, Math.Max(reading.MaxTokens ?? 0, reading.ThinkingTokens));
        foreach (var tool in reading.HostedTools)
        {
            if (!_hostedTools.Contains(tool, StringComparer.Ordinal))
            {
                _hostedTools.Add(tool);
            }
        }

        return true;
    }

    /// <param name="endpoint">Of all its requests.</param>
    /// <param name="unknown">Members beside the requests.</param>
    public bool TryEnd(string endpoint, IReadOnlyList<string> unknown, out BodyReading reading, [NotNullWhen(false)] out Refusal? refusal)
    {
        reading = BodyReading.Empty;
        refusal =
            _model is null ? new Refusal(ReasonCode.MalformedRequest, "A batch has at least one request.")
            : _answers > int.MaxValue ? new Refusal(ReasonCode.UnsupportedFeature, "A batch can't ask for that many answers.")
            : null;
        if (refusal is not null)
        {
            return false;
        }

        reading = Reading(
            new(endpoint, _model!, (int)_answers, _isSaid ? _largestTokens : null, _largestTokens, _inputTokens, _hostedTools)
        ) with
        {
            Unknown = unknown,
        };
        return true;
    }

    /// <summary>What a batch asks for, as a call. What it will have used isn't known when it is made.</summary>
    public static BodyReading Reading(BatchReading batch) =>
        new()
        {
            Model = batch.Model,
            MaxTokens = batch.MaxTokens,
            // Counts where one request says nothing and another says more than its model's usual.
            ThinkingTokens = batch.LargestTokens,
            InputTokens = batch.InputTokens,
            Choices = batch.Answers,
            HidesOutput = true,
            HostedTools = batch.HostedTools,
            Batch = batch,
        };

    private string? ProblemOf(BodyReading reading) =>
        _requests == MaxRequests ? $"a batch has at most {MaxRequests}."
        : _model is not null && reading.Model != _model ? "it is for another model than those before it. Make a batch for each model."
        : reading.Stream ? "stream: a batch has no streams. Leave it out."
        : reading.References.Count > 0 ? "it names something that the provider keeps. Send the whole conversation."
        : reading.Unknown.Count > 0
            ? $"it has members that the operation doesn't know: {UnknownFields.Told(reading.Unknown)}. Leave them out."
        : null;

    /// <summary>What both kinds of batches say of one that isn't strict JSON.</summary>
    public static Refusal NotStrict(string what) =>
        new(ReasonCode.MalformedRequest, $"{what} must be one JSON object that can be read in one way only: valid UTF-8, no name twice.");
}
