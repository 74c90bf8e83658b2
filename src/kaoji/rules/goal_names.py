"""What the goals are called in messages."""

GOAL_NAMES = {"overall_goal": "总目标", "annual_goal": "年度目标"}
