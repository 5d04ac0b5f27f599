namespace Gateway.Gait.Packs;

/// <summary>What should be recorded isn't in form. The message says where and what; it quotes no content.</summary>
public sealed class RunRecordingException(string message) : Exception(message);
