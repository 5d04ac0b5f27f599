using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>One server process whose memory may be relied on: the script that only it holds, and who it is. Immutable.</summary>
internal sealed record RedisSession(byte[] Digest, RedisValue Identity);
