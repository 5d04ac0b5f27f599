using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>The keys and arguments of one call of the script, in the order that it reads them.</summary>
internal readonly record struct ScriptCall(RedisKey[] Keys, RedisValue[] Arguments);
