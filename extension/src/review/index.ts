export { createReviewCommands, createReviews, type Reviews } from './reviews.ts';
